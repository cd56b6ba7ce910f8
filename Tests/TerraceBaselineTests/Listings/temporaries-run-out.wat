;; Five temporaries serve expressions. The sixth value sends the deepest one to its slot in the frame.
(module
  (func (param i32) (result i32)
    (i32.eqz (local.get 0))
    (i32.clz (local.get 0))
    (i32.ctz (local.get 0))
    (i32.popcnt (local.get 0))
    (i32.extend8_s (local.get 0))
    (i32.extend16_s (local.get 0))
    i32.add
    i32.add
    i32.add
    i32.add
    i32.add))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 a8 ff ff ff         lea r11, [rsp - 88]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 3b 00 00 00               jb +0x52
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 fa                        mov r10, rdi
;;   local.get 0
;;   i32.eqz
;;     | 001d  45 85 d2                        test r10d, r10d
;;     | 0020  40 0f 94 c7                     sete dil
;;     | 0024  40 0f b6 ff                     movzx edi, dil
;;   local.get 0
;;   i32.clz
;;     | 0028  f3 41 0f bd f2                  lzcnt esi, r10d
;;   local.get 0
;;   i32.ctz
;;     | 002d  f3 41 0f bc d2                  tzcnt edx, r10d
;;   local.get 0
;;   i32.popcnt
;;     | 0032  f3 41 0f b8 ca                  popcnt ecx, r10d
;;   local.get 0
;;   i32.extend8_s
;;     | 0037  41 0f be c2                     movsx eax, r10b
;;   local.get 0
;;   i32.extend16_s
;;     | 003b  89 7d d0                        mov [rbp - 48], edi
;;     | 003e  41 0f bf fa                     movsx edi, r10w
;;   i32.add
;;     | 0042  01 f8                           add eax, edi
;;   i32.add
;;     | 0044  01 c1                           add ecx, eax
;;   i32.add
;;     | 0046  01 ca                           add edx, ecx
;;   i32.add
;;     | 0048  01 d6                           add esi, edx
;;   i32.add
;;     | 004a  03 75 d0                        add esi, [rbp - 48]
;;   end
;;     | 004d  48 89 f0                        mov rax, rsi
;;     | 0050  c9                              leave
;;     | 0051  c3                              ret
;;   behind the function
;;     | 0052  0f 0b                           ud2
