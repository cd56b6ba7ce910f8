;; Code that counts for a second tier: a call subtracts the bytes that are in no loop, before anything but the frame is made.
;; Counting: yes
(module
  (func (param i32 f64) (result i32)
    local.get 0
    i32.const 1
    i32.add))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 c8 ff ff ff         lea r11, [rsp - 56]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 21 00 00 00               jb +0x38
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  83 2d 00 00 00 00 06            sub dword ptr [rip], 6
;;     | 0021  0f 88 13 00 00 00               js +0x3a
;;     | 0027  f2 0f 11 45 d0                  movsd [rbp - 48], xmm0
;;     | 002c  49 89 fa                        mov r10, rdi
;;   local.get 0
;;   i32.const 1
;;   i32.add
;;     | 002f  41 8d 7a 01                     lea edi, [r10 + 1]
;;   end
;;     | 0033  48 89 f8                        mov rax, rdi
;;     | 0036  c9                              leave
;;     | 0037  c3                              ret
;;   behind the function
;;     | 0038  0f 0b                           ud2
;;     | 003a  41 ba 00 00 00 00               mov r10d, 0
;;     | 0040  4d 8b 5e 20                     mov r11, [r14 + 32]
;;     | 0044  41 ff 53 70                     call [r11 + 112]
;;     | 0048  eb dd                           jmp +0x27
