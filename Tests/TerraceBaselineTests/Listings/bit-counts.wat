;; Bit counts are instructions where the processor has them.
(module
  (func (param i32) (result i32)
    (i32.add (i32.clz (local.get 0)) (i32.add (i32.ctz (local.get 0)) (i32.popcnt (local.get 0))))))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 c8 ff ff ff         lea r11, [rsp - 56]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 1e 00 00 00               jb +0x35
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 fa                        mov r10, rdi
;;   local.get 0
;;   i32.clz
;;     | 001d  f3 41 0f bd fa                  lzcnt edi, r10d
;;   local.get 0
;;   i32.ctz
;;     | 0022  f3 41 0f bc f2                  tzcnt esi, r10d
;;   local.get 0
;;   i32.popcnt
;;     | 0027  f3 41 0f b8 d2                  popcnt edx, r10d
;;   i32.add
;;     | 002c  01 d6                           add esi, edx
;;   i32.add
;;     | 002e  01 f7                           add edi, esi
;;   end
;;     | 0030  48 89 f8                        mov rax, rdi
;;     | 0033  c9                              leave
;;     | 0034  c3                              ret
;;   behind the function
;;     | 0035  0f 0b                           ud2
