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
;;     | 0006  4c 8d 9c 24 d8 ff ff ff         lea r11, [rsp - 40]
;;     | 000e  4d 3b 1e                        cmp r11, qword ptr [r14]
;;     | 0011  0f 82 1b 00 00 00               jb 0x32
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  48 89 fb                        mov rbx, rdi
;;   local.get 0
;;   i32.clz
;;     | 001d  f3 0f bd fb                     lzcnt edi, ebx
;;   local.get 0
;;   i32.ctz
;;     | 0021  f3 0f bc f3                     tzcnt esi, ebx
;;   local.get 0
;;   i32.popcnt
;;     | 0025  f3 0f b8 d3                     popcnt edx, ebx
;;   i32.add
;;     | 0029  01 d6                           add esi, edx
;;   i32.add
;;     | 002b  01 f7                           add edi, esi
;;   end
;;     | 002d  48 89 f8                        mov rax, rdi
;;     | 0030  c9                              leave
;;     | 0031  c3                              ret
;;   behind the function
;;     | 0032  0f 0b                           ud2
